import type { DataContract } from '@modelyard/contracts';
import { Place, Problems } from '@modelyard/ml-recipes';
import type { JsonSchema } from '@modelyard/ml-recipes';
import { ContractError } from './contract-error';
import { checkCoherence } from './format/coherence';
import { contractField } from './format/contract-fields';

/** The form of a contract, for editors and forms (draft 2020-12). */
export const CONTRACT_JSON_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Data contract',
  ...contractField.schema,
};

/**
 * Reads a contract from plain data, such as a JSON body.
 *
 * @returns a new object; `value` is not touched
 * @throws ContractError with every problem and its path: unknown rules (with a suggestion), wrong types, values out of
 *   range, limits that contradict each other, patterns that are no regular expressions, rules of another kind of dataset
 */
export function parseContract(value: unknown): DataContract {
  const problems = new Problems();
  const place = new Place(problems);
  const contract = contractField.read(value, place) as DataContract | undefined;
  if (contract) checkCoherence(contract, place);
  const found = problems.all();
  if (found.length > 0 || !contract) throw new ContractError(found);
  return contract;
}
