import type { BuiltInDataset, Caller, DatasetImport, DatasetVersion } from '@modelyard/contracts';
import { BUILT_IN_DATASETS, WELL_KNOWN_DATASETS } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { readContract } from '../dataset-contracts/read-contract';
import { ImportBuiltIn } from '../datasets/import-built-in';
import { present } from '../listing/present';
import type { CreateDatasetDto, SourceDto } from './dto/create-dataset.dto';
import { readSource } from './read-source';
import { SubmitImport } from './submit-import';

export type Created =
  | { import: DatasetImport }
  /** Of a built-in dataset, which needs no import. */
  | { version: DatasetVersion; created: boolean };

@Injectable()
export class CreateDataset {
  constructor(
    private readonly importBuiltIn: ImportBuiltIn,
    private readonly submit: SubmitImport,
  ) {}

  /** @throws AppError what `ImportBuiltIn` and `SubmitImport` throw; VALIDATION_FAILED when no source can be told */
  async execute(request: CreateDatasetDto, caller: Caller): Promise<Created> {
    const { name, builtIn, source, append, contract, description, ...options } = request;
    const described = description === undefined ? {} : { description };
    const from = builtIn === undefined ? sourceOf(name, source) : builtInOf(builtIn, source);
    const known = builtInFor(from);
    if (known !== undefined) {
      refuseOptions({ append, contract, ...options });
      return this.importBuiltIn.execute({ name, builtIn: known, ...described }, caller);
    }
    const submitted = await this.submit.execute(
      {
        dataset: name,
        source: readSource(from),
        options: present(options),
        ...described,
        ...(contract === undefined ? {} : { contract: readContract(contract, 'contract') }),
        ...(append === undefined ? {} : { parent: append.version }),
      },
      caller,
    );
    return { import: submitted };
  }
}

/** Without a source, the name of the dataset is the name of a set that is known. */
function sourceOf(name: string, source: SourceDto | undefined): SourceDto {
  if (source !== undefined) return source;
  const known = WELL_KNOWN_DATASETS.find((one) => one === name);
  if (known !== undefined) return { type: 'well-known', name: known };
  const message = `is missing: '${name}' is not itself a well-known dataset (${WELL_KNOWN_DATASETS.join(', ')}), so say a source or a builtIn (${BUILT_IN_DATASETS.join(', ')})`;
  throw refused('source', message);
}

function builtInOf(builtIn: BuiltInDataset, source: SourceDto | undefined): SourceDto {
  if (source !== undefined)
    throw refused('source', 'does not go with `builtIn`: samples come from one place');
  return { type: 'well-known', name: builtIn };
}

function builtInFor({ type, name }: SourceDto): BuiltInDataset | undefined {
  return type === 'well-known' ? BUILT_IN_DATASETS.find((one) => one === name) : undefined;
}

/** Built-in datasets are always the same; what is made from them is another version. */
function refuseOptions(options: object): void {
  const [given] = Object.keys(present(options));
  if (given === undefined) return;
  throw refused(
    given,
    'does not go with a built-in dataset: import it as it is, and derive another version from it',
  );
}

function refused(path: string, message: string): AppError {
  return new AppError('VALIDATION_FAILED', `${path} ${message}`, { fields: [{ path, message }] });
}
