import type { HeldModel } from '../models/model.repository';

/** Where aliases live. What moves one needs its model held. */
export abstract class AliasRepository {
  /** @returns the version that the alias pointed at before, or undefined if it is new */
  abstract move(model: HeldModel, alias: string, to: number): Promise<number | undefined>;
  /** @returns the version that the alias pointed at, or undefined if there was none */
  abstract remove(model: HeldModel, alias: string): Promise<number | undefined>;
  /** @throws AppError NOT_FOUND when the model or the alias does not exist */
  abstract resolve(model: string, alias: string): Promise<number>;
}
