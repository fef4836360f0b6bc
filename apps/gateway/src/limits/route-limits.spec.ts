import { loadConfig } from '@modelyard/platform-config';
import { GatewayConfig } from '../gateway.config';
import { limitsFor } from './route-limits';

const config = loadConfig(GatewayConfig, {
  NODE_ENV: 'test',
  INTERNAL_TOKEN_SECRET: 'test-secret-test-secret-test-secret',
  GATEWAY_MAX_BODY_BYTES: '2000',
  GATEWAY_MAX_PREDICT_BODY_BYTES: '3000',
  GATEWAY_MAX_UPLOAD_BYTES: '4000',
  GATEWAY_UPSTREAM_TIMEOUT_MS: '1000',
  GATEWAY_UPSTREAM_IDLE_MS: '5000',
});
const FORM = { 'content-type': 'multipart/form-data; boundary=x' };

describe('limitsFor', () => {
  it.each([
    ['PATCH', '/api/v1/uploads/7', {}, 4000, 5000],
    ['POST', '/api/v1/uploads', {}, 4000, 5000],
    ['POST', '/api/v1/uploads-of-others', {}, 2000, 1000],
    ['POST', '/api/v1/datasets', FORM, 4000, 5000],
    [
      'POST',
      '/api/v1/datasets/pets/versions/2/append',
      { 'content-type': 'Multipart/Form-Data;boundary=x' },
      4000,
      5000,
    ],
    ['POST', '/api/v1/datasets', { 'content-type': 'application/json' }, 2000, 5000],
    ['POST', '/api/v1/datasets', { 'content-type': 'multipart/form-data-of-mine' }, 2000, 5000],
    ['PUT', '/api/v1/datasets/pets/contract', FORM, 2000, 5000],
    ['POST', '/api/v1/models', FORM, 2000, 1000],
    ['POST', '/api/v1/datasets', { prefer: 'respond-async, wait=60' }, 2000, 65_000],
    ['POST', '/api/v1/datasets', { prefer: 'wait=99999' }, 2000, 305_000],
    ['POST', '/api/v1/datasets', { prefer: 'return=minimal' }, 2000, 5000],
  ])('lets %s %s with %j have %s bytes and %s ms', (method, path, headers, bodyBytes, answerMs) => {
    expect(limitsFor('registry', { method, path, headers }, config)).toEqual({ bodyBytes, answerMs });
  });

  it('holds predictions to their own', () => {
    const asked = { method: 'POST', path: '/predict', headers: FORM };
    expect(limitsFor('inference', asked, config)).toEqual({ bodyBytes: 3000, answerMs: 1000 });
  });
});
