import type { DataContract } from '@modelyard/contracts';
import { TableError } from '@modelyard/ml-tables';
import type { TableEngine } from '@modelyard/ml-tables';
import { ContractError } from '../contract-error';
import { rulePath } from '../rules/wording';

/** @throws ContractError naming each pattern that RE2 does not take: only RE2 itself knows them all. */
export async function requirePatterns(engine: TableEngine, contract: DataContract): Promise<void> {
  const wrong = [];
  for (const [name, { pattern }] of Object.entries(contract.columns ?? {})) {
    if (pattern === undefined) continue;
    try {
      await engine.run(`select regexp_full_match('', $1)`, [pattern]);
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      const reason = error.message.replace(/^Invalid Input Error: /, '').split('\n')[0];
      wrong.push({
        path: rulePath('columns', name, 'pattern'),
        message: `is no regular expression of RE2: ${reason}`,
      });
    }
  }
  if (wrong.length > 0) throw new ContractError(wrong);
}
