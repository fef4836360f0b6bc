import { Injectable } from '@nestjs/common';

interface Session {
  poll(): void;
}

/** The trainings and imports that run on this worker now, by job. */
@Injectable()
export class ActiveSessions {
  private readonly running = new Map<string, Set<Session>>();

  /** @returns what takes the session out again */
  add(jobId: string, session: Session): () => void {
    const sessions = this.running.get(jobId) ?? new Set();
    this.running.set(jobId, sessions.add(session));
    return () => {
      sessions.delete(session);
      if (sessions.size === 0) this.running.delete(jobId);
    };
  }

  /** Somebody may want this job cancelled: ask the registry now. */
  poll(jobId: string): void {
    for (const session of this.running.get(jobId) ?? []) session.poll();
  }
}
