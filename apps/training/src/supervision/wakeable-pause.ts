/** A pause that ends early when somebody has something to do; a wake that comes before the pause counts too. */
export class WakeablePause {
  private woken = false;
  private resume: (() => void) | undefined;

  async for(ms: number): Promise<void> {
    if (!this.woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.resume = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.woken = false;
    this.resume = undefined;
  }

  wake(): void {
    this.woken = true;
    this.resume?.();
  }
}
