import fastify from 'fastify';
import { RouteTable } from './route-table';

describe('RouteTable', () => {
  const table = new RouteTable();
  const instance = fastify();
  table.watch(instance);
  instance.get('/models/:name', () => 'x');
  instance.delete('/models/:name', () => 'x');
  instance.post('/a.b/*', () => 'x');

  it.each([
    ['/models/digits', ['DELETE', 'GET', 'HEAD']],
    ['/models/a/b', []],
    ['/models/', []],
    ['/a.b/c/d', ['POST']],
    ['/axb/c', []],
    ['/', []],
  ])('knows the methods at %s', (path, methods) => {
    expect(table.methodsAt(path)).toEqual(methods);
  });
});
