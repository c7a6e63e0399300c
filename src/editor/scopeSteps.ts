import type { Disposable, QuickInput, QuickInputButton, QuickPickItem } from 'vscode';
import { InputBoxValidationSeverity, l10n, QuickInputButtons, QuickPickItemKind, window } from 'vscode';
import type { Grant, RequestReading } from '../core/scope/grant.ts';
import { formatGrant } from '../core/scope/grants.ts';
import { DisposableList } from './disposables.ts';
import { distinct } from './requests.ts';
import { timeLeft } from './words.ts';

/** What a step ended with; `undefined` when the person left. */
export type Answer<T> = { readonly value: T } | 'back' | undefined;

export interface GrantItem extends QuickPickItem {
  readonly grant?: Grant;
}

/** Step one: the person says what may be done, and sees while typing what is understood. */
export function askForRequest(
  title: string,
  typed: string,
  read: (typed: string) => RequestReading,
): Promise<Answer<string>> {
  const input = window.createInputBox();
  input.title = title;
  input.step = 1;
  input.totalSteps = 3;
  input.value = typed;
  input.placeholder = l10n.t('remove service l9-postgres');
  input.prompt = l10n.t('What may be changed? Your own words, or grants separated by commas.');
  input.ignoreFocusOut = true;
  const show = () => {
    input.validationMessage = input.value.trim() === '' ? undefined : understanding(read(input.value));
  };
  show();
  return answered(input, [], (done, disposables) => {
    disposables.add(input.onDidChangeValue(show));
    disposables.add(input.onDidAccept(() => done({ value: input.value.trim() })));
  });
}

/** Step two: everything that was understood, to be left out or taken in before it takes effect. */
export function askForGrants(
  title: string,
  reading: RequestReading,
  suggested: readonly Grant[],
): Promise<Answer<readonly Grant[]>> {
  const pick = window.createQuickPick<GrantItem>();
  pick.title = title;
  pick.step = 2;
  pick.totalSteps = 3;
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.items = grantItems(reading, suggested);
  pick.selectedItems = pick.items.filter((item) => item.picked === true);
  pick.placeholder =
    reading.grants.length === 0
      ? l10n.t('Choose what may be changed. With nothing chosen, nothing may.')
      : l10n.t('This is what may be changed, and nothing else. Enter to accept.');
  return answered(pick, [QuickInputButtons.Back], (done, disposables) => {
    disposables.add(
      pick.onDidAccept(() =>
        done({ value: pick.selectedItems.map((item) => item.grant).filter((grant) => grant !== undefined) }),
      ),
    );
  });
}

/** Step three: for how long. Enter takes the usual time. */
export function askForDuration(
  title: string,
  grants: readonly Grant[],
  usual: number,
): Promise<Answer<number>> {
  const pick = window.createQuickPick<QuickPickItem & { minutes: number }>();
  pick.title = title;
  pick.step = 3;
  pick.totalSteps = 3;
  pick.ignoreFocusOut = true;
  pick.placeholder = l10n.t('For how long? Scope: {0}', summary(grants));
  const choices = [...new Set([usual, 15, 30, 60, 120, 240])];
  pick.items = choices.map((minutes) => ({
    label: timeLeft(minutes * 60_000, l10n.t),
    description: minutes === usual ? l10n.t('usual') : '',
    minutes,
  }));
  return answered(pick, [QuickInputButtons.Back], (done, disposables) => {
    disposables.add(
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item !== undefined) done({ value: item.minutes });
      }),
    );
  });
}

/** Shows one step and waits for its end, however it ends. */
function answered<
  T,
  Q extends QuickInput & { buttons: readonly QuickInputButton[]; onDidTriggerButton: Listen },
>(
  input: Q,
  buttons: readonly QuickInputButton[],
  listen: (done: (answer: Answer<T>) => void, disposables: DisposableList) => void,
): Promise<Answer<T>> {
  input.buttons = buttons;
  return new Promise((resolve) => {
    const disposables = new DisposableList();
    const done = (answer: Answer<T>) => {
      resolve(answer);
      disposables.dispose();
    };
    disposables.add(input);
    disposables.add(input.onDidHide(() => done(undefined)));
    disposables.add(input.onDidTriggerButton(() => done('back')));
    listen(done, disposables);
    input.show();
  });
}

type Listen = (listener: (button: QuickInputButton) => void) => Disposable;

function understanding(reading: RequestReading): { message: string; severity: InputBoxValidationSeverity } {
  const parts: string[] = [];
  if (reading.grants.length > 0) parts.push(l10n.t('Understood: {0}.', summary(reading.grants)));
  for (const { phrase, candidates } of reading.ambiguous) {
    parts.push(l10n.t('“{0}” may mean {1} things; you choose next.', phrase, candidates.length));
  }
  if (reading.notUnderstood.length > 0) {
    parts.push(l10n.t('Not understood: “{0}”.', reading.notUnderstood.join('”, “')));
  }
  const clear = reading.ambiguous.length === 0 && reading.notUnderstood.length === 0 && parts.length > 0;
  if (parts.length === 0) parts.push(l10n.t('Nothing was understood so far.'));
  return {
    message: parts.join(' '),
    severity: clear ? InputBoxValidationSeverity.Info : InputBoxValidationSeverity.Warning,
  };
}

function summary(grants: readonly Grant[]): string {
  return grants.length === 0 ? l10n.t('change nothing') : grants.map(formatGrant).join(', ');
}

function grantItems(reading: RequestReading, suggested: readonly Grant[]): GrantItem[] {
  const known = new Set(reading.grants.map(formatGrant));
  const others = distinct(suggested).filter((grant) => !known.has(formatGrant(grant)));
  return [
    ...group(l10n.t('May be changed'), distinct(reading.grants), true),
    ...reading.ambiguous.flatMap(({ phrase, grants }) =>
      group(l10n.t('Which one is “{0}”?', phrase), distinct(grants), false),
    ),
    ...group(l10n.t('What the held edit does'), others, false),
    ...reading.notUnderstood.map((phrase) => separator(l10n.t('Not understood: “{0}”', phrase))),
  ];
}

function group(label: string, grants: readonly Grant[], picked: boolean): GrantItem[] {
  if (grants.length === 0) return [];
  return [separator(label), ...grants.map((grant) => ({ label: formatGrant(grant), grant, picked }))];
}

function separator(label: string): GrantItem {
  return { label, kind: QuickPickItemKind.Separator };
}
