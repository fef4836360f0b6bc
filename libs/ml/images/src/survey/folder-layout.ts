import { UnreadableData } from '@modelyard/contracts';
import type { SplitName } from '@modelyard/contracts';

export interface Place {
  label: string;
  split?: SplitName;
}

const SPLIT_FOLDERS: Record<string, SplitName> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
};

const splitOf = (folder: string | undefined): SplitName | undefined =>
  folder === undefined ? undefined : SPLIT_FOLDERS[folder.toLowerCase()];

/**
 * What the folders of an image set mean: `class/…` or `train|validation|test/class/…`, with or without folders around
 * all of it. Folders below a class belong to it.
 */
export class FolderLayout {
  /** Folders around all images. */
  private readonly around: number;
  private readonly hasSplits: boolean;

  /**
   * @param folders the paths of all folders that have images in them, in any order
   * @param name of the archive, for errors
   * @throws UnreadableData where the folders can be read in two ways
   */
  constructor(folders: Iterable<string>, name: string) {
    const paths = [...folders].map((folder) => folder.split('/').filter((part) => part !== ''));
    this.around = foldersAround(paths);
    const inside = paths.map((path) => path.slice(this.around)).filter((path) => path.length > 0);
    const inSplits = inside.filter((path) => path.length > 1 && splitOf(path[0]) !== undefined);
    this.hasSplits = inSplits.length > 0;
    const first = inside.find((path) => !inSplits.includes(path));
    if (this.hasSplits && first !== undefined) {
      const split = String(inSplits[0]?.[0]);
      throw ambiguous(name, `images are both in "${split}/<class>" and in "${first.join('/')}"`);
    }
    const top = new Set(inside.map((path) => path[0]));
    if (!this.hasSplits && top.size === 1 && inside.some((path) => path.length === 1) && inside.length > 1) {
      const folder = String(inside[0]?.[0]);
      throw ambiguous(name, `images are both in "${folder}" and in folders below it`);
    }
  }

  /** The class and the split of the images in a folder; `undefined` where the folder is in no class. */
  placeOf(folder: string): Place | undefined {
    const path = folder
      .split('/')
      .filter((part) => part !== '')
      .slice(this.around);
    if (!this.hasSplits) return path[0] === undefined ? undefined : { label: path[0] };
    const [split, label] = [splitOf(path[0]), path[1]];
    return split === undefined || label === undefined ? undefined : { label, split };
  }
}

function foldersAround(paths: string[][]): number {
  const [first = []] = paths;
  const shallowest = Math.min(...[Infinity], ...depths(paths));
  let around = 0;
  while (
    around < shallowest - 1 &&
    splitOf(first[around]) === undefined &&
    paths.every((path) => path[around] === first[around])
  ) {
    around++;
  }
  return around;
}

function depths(paths: string[][]): number[] {
  return [...new Set(paths.map((path) => path.length))];
}

function ambiguous(name: string, what: string): UnreadableData {
  const message = `${what}. Pack "<class>/<file>" or "train|test/<class>/<file>", the same for all`;
  return new UnreadableData(`The classes of ${name} cannot be told: ${message}.`, [{ file: name, message }]);
}
