import { Injectable } from '@nestjs/common';
import type { TrainingSession } from './training-session';

type Session = Pick<TrainingSession, 'poll' | 'handBack'>;

/** The trainings that run on this worker now, by job. */
@Injectable()
export class ActiveSessions {
  /** Set once the worker shuts down: nothing new begins. */
  closed = false;
  private readonly running = new Map<string, Set<Session>>();

  /** @returns what takes the session out again */
  add(jobId: string, session: Session): () => void {
    const sessions = this.running.get(jobId) ?? new Set();
    this.running.set(jobId, sessions.add(session));
    if (this.closed) session.handBack();
    return () => {
      sessions.delete(session);
      if (sessions.size === 0) this.running.delete(jobId);
    };
  }

  /** Somebody may want this job cancelled: ask the registry now. */
  poll(jobId: string): void {
    for (const session of this.running.get(jobId) ?? []) session.poll();
  }

  /** Hands every training back and lets none begin. */
  close(): void {
    this.closed = true;
    for (const sessions of this.running.values()) for (const session of sessions) session.handBack();
  }
}
