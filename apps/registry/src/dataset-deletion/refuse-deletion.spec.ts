import { refuseWhileServed, refuseWhileUsed } from './refuse-deletion';

const served = {
  staged: [{ model: 'digits', version: 3, stage: 'Production', runId: '' }],
  deployments: [{ name: 'reader', model: 'digits', version: 3 }],
};

it('names what was trained on the version', () => {
  expect(() => refuseWhileServed(served, false)).toThrow(
    "version 3 of model 'digits' (Production), deployment 'reader' (version 3 of 'digits')",
  );
});

it('gives way to force, and where there is nothing', () => {
  expect(() => refuseWhileServed(served, true)).not.toThrow();
  expect(() => refuseWhileServed({ staged: [], deployments: [] }, false)).not.toThrow();
});

it('names what still reads the version, at most twenty of it', () => {
  expect(() => refuseWhileUsed({ trainingJobs: ['j'], imports: ['i'] })).toThrow('training job j, import i');
  const many = Array.from({ length: 20 }, (_, index) => String(index));
  expect(() => refuseWhileUsed({ trainingJobs: many, imports: ['i'] })).toThrow('and 1 more');
  expect(() => refuseWhileUsed({ trainingJobs: [], imports: [] })).not.toThrow();
});
