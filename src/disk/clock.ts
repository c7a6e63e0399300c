import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../ports.ts';

export const systemClock: Clock = { now: () => Date.now(), pause: (milliseconds) => delay(milliseconds) };
