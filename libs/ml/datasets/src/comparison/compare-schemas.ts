import type { DatasetComparison, DatasetSchema } from '@modelyard/contracts';

/** What has changed in the columns, the classes and the shape. */
export function compareSchemas(from: DatasetSchema, to: DatasetSchema): DatasetComparison['schema'] {
  const typesBefore = new Map(from.fields?.map(({ name, type }) => [name, type]));
  const typesAfter = new Map(to.fields?.map(({ name, type }) => [name, type]));
  return {
    columnsAdded: [...typesAfter.keys()].filter((name) => !typesBefore.has(name)),
    columnsRemoved: [...typesBefore.keys()].filter((name) => !typesAfter.has(name)),
    typesChanged: [...typesBefore].flatMap(([column, type]) => {
      const now = typesAfter.get(column);
      return now === undefined || now === type ? [] : [{ column, from: type, to: now }];
    }),
    classesAdded: to.classes.filter((name) => !from.classes.includes(name)),
    classesRemoved: from.classes.filter((name) => !to.classes.includes(name)),
    ...(from.shape.join() !== to.shape.join() && { shape: { from: from.shape, to: to.shape } }),
  };
}
