import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatasetColumn } from '@modelyard/contracts';
import { TableEngine } from '@modelyard/ml-tables';

export interface Room {
  engine: TableEngine;
  folder: string;
  close(): Promise<void>;
}

/** An engine with a folder of its own. */
export async function openRoom(): Promise<Room> {
  const folder = await mkdtemp(join(tmpdir(), 'contracts-'));
  const engine = await TableEngine.open({ folder });
  return {
    engine,
    folder,
    close: async () => {
      engine.close();
      await rm(folder, { recursive: true });
    },
  };
}

export const PEOPLE: DatasetColumn[] = [
  { name: 'age', type: 'integer', role: 'feature', nullable: true },
  { name: 'height', type: 'numeric', role: 'feature', nullable: true },
  { name: 'town', type: 'categorical', role: 'feature', nullable: true },
  { name: 'member', type: 'boolean', role: 'feature', nullable: true },
  { name: 'seen', type: 'date', role: 'time', nullable: true },
  { name: 'note', type: 'text', role: 'ignore', nullable: true },
  { name: 'label', type: 'categorical', role: 'target', nullable: false },
];

type Person = [
  age: number | null,
  height: number | null,
  town: string | null,
  member: boolean | null,
  seen: string | null,
  note: string | null,
  label: string,
];

/** People without a flaw, to be changed one by one: ages 30 … 39, labels `no` and `yes` in turn. */
export function goodPeople(count = 10): Person[] {
  return Array.from({ length: count }, (_, i) => [
    30 + (i % 10),
    1.5 + (i % 10) / 20,
    ['Ulm', 'Bonn', 'Graz'][i % 3] as string,
    i % 2 === 0,
    `2026-01-${String((i % 28) + 1).padStart(2, '0')} 12:00:00`,
    `note ${i}`,
    i % 2 === 0 ? 'no' : 'yes',
  ]);
}

/** Makes the table `staged` as an import leaves it. */
export async function stagePeople(engine: TableEngine, people: readonly Person[]): Promise<void> {
  await engine.run(`create or replace table staged ("row" bigint, split varchar, c0 bigint, c1 double, c2 varchar,
    c3 boolean, c4 timestamp, c5 varchar, c6 varchar)`);
  for (const [row, person] of people.entries()) {
    await engine.run(`insert into staged values ($1, null, $2, $3, $4, $5, cast($6 as timestamp), $7, $8)`, [
      row,
      ...person,
    ]);
  }
}
