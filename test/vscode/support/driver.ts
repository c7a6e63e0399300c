import { ask } from './bridge.ts';
import { type Driver, NO_BROWSER } from './protocol.ts';
import { Skip } from './suite.ts';

/**
 * The window as a person has it. Each call is answered by the runner outside VS Code, which drives a browser;
 * on a desktop VS Code there is none, and a test that gets as far as a call is reported as skipped.
 */
export const driver: Driver = new Proxy({} as Driver, {
  get:
    (_, method: string) =>
    async (...args: unknown[]) => {
      try {
        return (await ask<{ value: unknown }>('/drive', { method, args })).value;
      } catch (error) {
        if (error instanceof Error && error.message === NO_BROWSER) {
          throw new Skip(`driver.${method} needs the window to be a browser's`);
        }
        throw error;
      }
    },
});
