import type { Driver } from '../support/protocol.ts';

/** The bundled Copilot Chat is off in a fresh VS Code; a person switches it on with this command and a reload. */
export async function enableCopilot(driver: Driver): Promise<void> {
  await driver.command('Extensions: Enable All Extensions');
  await new Promise((done) => setTimeout(done, 1000));
}
