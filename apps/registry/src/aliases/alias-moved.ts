import type { Caller } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { FollowTargets } from '../deployments/follow-targets';
import type { HeldModel } from '../models/model.repository';

/** What follows when an alias moves, appears or goes. */
@Injectable()
export class AliasMoved {
  constructor(
    private readonly changes: RecordChange,
    private readonly follow: FollowTargets,
  ) {}

  async execute(
    model: HeldModel,
    alias: string,
    move: { from: number | undefined; to: number | undefined },
    caller: Caller,
  ): Promise<void> {
    await this.changes.execute({
      action: 'model.alias-moved',
      announce: 'model.alias-moved',
      subject: `models/${model.name}/aliases/${alias}`,
      caller,
      details: { from: move.from ?? null, to: move.to ?? null },
    });
    if (move.to !== undefined) {
      await this.follow.execute(model, `alias ${alias} moved to version ${move.to}`, caller);
    }
  }
}
