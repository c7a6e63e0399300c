import type { Driver } from '../support/protocol.ts';

const COPILOT = 'GitHub.copilot-chat';

/** Whether the extension host that asks has Copilot. */
export const hasCopilot = (extensions: readonly string[]): boolean => extensions.includes(COPILOT);

/**
 * The bundled Copilot Chat is off in a fresh VS Code; a person switches it on with this command and a reload. The
 * command only reaches what VS Code has listed by then, so the caller looks at the outcome and asks again.
 */
export async function enableCopilot(driver: Driver, reload: () => Promise<void>): Promise<void> {
  await driver.command('Extensions: Enable All Extensions');
  // The choice is written to the browser's storage in the background, and a reload does not wait for it.
  await new Promise((done) => setTimeout(done, 700));
  await reload();
}
