import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContractReport, DataContract, DatasetColumn } from '@modelyard/contracts';
import { TableEngine } from '@modelyard/ml-tables';
import { checkContract } from '../check/check-contract';
import type { ContractCheck } from '../check/check-contract';

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

export type Person = [
  age: number | null,
  height: number | null,
  town: string | null,
  member: boolean | null,
  seen: string | null,
  note: string | null,
  label: string | null,
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
  if (people.length === 0) return;
  const rows = people.map((_, row) => {
    const at = Array.from(
      { length: PEOPLE.length },
      (_column, column) => `$${row * PEOPLE.length + column + 1}`,
    );
    return `(${row}, null, ${at.map((place, column) => (column === 4 ? `cast(${place} as timestamp)` : place)).join(', ')})`;
  });
  await engine.run(`insert into staged values ${rows.join(', ')}`, people.flat());
}

/** 22 days after the last of ten good people was seen. */
export const NOW = new Date('2026-02-01T12:00:00Z');

/** Stages the people, and checks them. The policy is `reject`, unless the contract says another. */
export async function checkPeople(
  { engine }: Room,
  people: readonly Person[],
  contract: Partial<DataContract>,
  more: Partial<ContractCheck> = {},
): Promise<ContractReport> {
  await stagePeople(engine, people);
  return checkContract(engine, {
    relation: 'staged',
    kind: 'table',
    columns: PEOPLE,
    contract: { kind: 'table', policy: 'reject', ...contract },
    now: NOW,
    ...more,
  });
}
