import { strict as assert } from 'node:assert';
import { driver } from './driver.ts';
import { until } from './incident.ts';

/** Goes through the three steps as a person does; what was understood is read before anything takes effect. */
export async function declare(words: string): Promise<readonly string[]> {
  await driver.command('Infrahold: Declare Scope…');
  await driver.answer(words);
  let understood: readonly string[] = [];
  await until(async () => {
    const input = await driver.quickInput();
    assert.ok(input && input.items.length > 0, 'what was understood is shown');
    understood = input.items;
  });
  await driver.press('Enter');
  await until(async () => assert.match((await driver.quickInput())?.items.join(' ') ?? '', /15 min/));
  await driver.press('Enter');
  return understood;
}
