import type { FromImporter, ImporterAssignment } from '../importer-protocol';
import { ImporterLauncher } from '../worker/importer-process';
import type { ImporterEnd, ImporterProcess } from '../worker/importer-process';

/** An importer that a test moves by hand. */
export class ScriptedImporter implements ImporterProcess {
  readonly pid = process.pid;
  readonly ended: Promise<ImporterEnd>;
  readonly asked: string[] = [];
  /** How it ends when it is asked to hand back; undefined: it does not answer. */
  onHandBack: ImporterEnd | undefined = { type: 'handed-back' };
  private finish!: (end: ImporterEnd) => void;

  constructor(
    readonly assignment: ImporterAssignment,
    readonly says: (message: FromImporter) => void,
  ) {
    this.ended = new Promise((resolve) => (this.finish = resolve));
  }

  end(end: ImporterEnd): void {
    this.finish(end);
  }

  handBack(graceMs: number): void {
    this.asked.push(`hand back within ${graceMs} ms`);
    if (this.onHandBack !== undefined) this.end(this.onHandBack);
  }

  kill(): void {
    this.asked.push('kill');
    this.end({ type: 'killed', reason: 'it was told to stop' });
  }
}

export class ScriptedImporterLauncher extends ImporterLauncher {
  readonly launched: ScriptedImporter[] = [];

  launch(assignment: ImporterAssignment, listen: (message: FromImporter) => void): ScriptedImporter {
    const importer = new ScriptedImporter(assignment, listen);
    this.launched.push(importer);
    return importer;
  }
}
