import { refusalOf } from './gate';

it('lets a version pass that reaches every minimum exactly', () => {
  expect(
    refusalOf({ accuracy: 0.95, f1_macro: 0.9 }, { accuracy: 0.95, f1_macro: 0.9 }, 'test'),
  ).toBeUndefined();
  expect(refusalOf({}, {}, 'test')).toBeUndefined();
});

it('names every metric that is too low or was not measured', () => {
  const refusal = refusalOf(
    { accuracy: 0.9312345678, log_loss: NaN },
    { accuracy: 0.95, log_loss: 0, recall: 0.5 },
    'test',
  );
  expect(refusal).toBe(
    'Not registered: on the test split accuracy is 0.931235, below the required 0.95, ' +
      'and log_loss was not measured (0 is required), and recall was not measured (0.5 is required).',
  );
});
