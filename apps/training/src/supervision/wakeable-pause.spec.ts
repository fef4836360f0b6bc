import { WakeablePause } from './wakeable-pause';

const LONG = 60_000;

it('ends when it is woken, also when the wake came first, and only once for each', async () => {
  const pause = new WakeablePause();
  const waiting = pause.for(LONG);
  pause.wake();
  await waiting;
  pause.wake();
  await pause.for(LONG);
  await pause.for(1);
});
