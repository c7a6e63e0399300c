import type { Locator, Page } from 'playwright-core';
import type { Driver, Modal, Notification, Patience, QuickInput } from '../support/protocol.ts';
import { eventually } from './screen.ts';

type Widgets = Pick<
  Driver,
  | 'notifications'
  | 'notification'
  | 'clickNotification'
  | 'dismissNotifications'
  | 'modal'
  | 'clickModal'
  | 'quickInput'
  | 'pick'
  | 'answer'
  | 'saveAs'
>;

const PATIENCE = 10_000;

/** The parts of the window an extension talks to a person through. */
export function widgets(page: () => Page): Widgets {
  return {
    notifications: () => notifications(page()),
    notification: (text, patience) => notification(page(), text, patience),
    clickNotification: (button, patience) => clickNotification(page(), button, patience),
    dismissNotifications: () => dismiss(page()),
    modal: () => modal(page()),
    clickModal: (button, patience) => clickModal(page(), button, patience),
    quickInput: () => quickInput(page()),
    pick: (entry, patience) => pick(page(), entry, patience),
    answer: (text, patience) => answer(page(), text, patience),
    saveAs: (path) => saveAs(page(), path),
  };
}

const toasts = (page: Page): Locator => page.locator('.notification-list-item').filter({ visible: true });

/** Read in one step inside the page: a toast may go away between two questions about it. */
async function notifications(page: Page): Promise<readonly Notification[]> {
  return toasts(page).evaluateAll((items) =>
    items.map((item): Notification => {
      const icon = item.querySelector('.notification-list-item-icon')?.className ?? '';
      const buttons = [...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button')];
      return {
        severity: icon.includes('error') ? 'error' : icon.includes('warning') ? 'warning' : 'info',
        message: item.querySelector('.notification-list-item-message')?.textContent.trim() ?? '',
        buttons: buttons.map((button) => button.textContent.trim()).filter((text) => text !== ''),
      };
    }),
  );
}

function notification(
  page: Page,
  text: string,
  { timeout = PATIENCE }: Patience = {},
): Promise<Notification> {
  return eventually(`a notification saying "${text}"`, timeout, async () => {
    const shown = await notifications(page);
    const found = shown.find(({ message }) => message.includes(text));
    return found ? { found } : { missing: shown };
  });
}

async function clickNotification(
  page: Page,
  label: string,
  { timeout = PATIENCE }: Patience = {},
): Promise<void> {
  const button = toasts(page).locator('.monaco-button').filter({ hasText: label }).first();
  await eventually(`a notification with the button "${label}"`, timeout, async () =>
    (await button.isVisible()) ? { found: true } : { missing: await notifications(page) },
  );
  await button.click();
}

async function dismiss(page: Page): Promise<void> {
  for (let left = await toasts(page).count(); left > 0; left--) {
    await toasts(page).first().hover();
    await toasts(page).first().locator('.codicon-notifications-clear').click();
  }
}

async function modal(page: Page): Promise<Modal | undefined> {
  const shown = await page.locator('.monaco-dialog-box').evaluateAll((boxes) =>
    boxes.map((box): Modal => {
      const text = (selector: string) => box.querySelector(selector)?.textContent.trim() ?? '';
      const buttons = [...box.querySelectorAll('.dialog-buttons .monaco-button')];
      return {
        message: text('.dialog-message') || text('.dialog-message-text'),
        detail: text('.dialog-message-detail'),
        buttons: buttons.map((button) => button.textContent.trim()).filter((label) => label !== ''),
      };
    }),
  );
  return shown[0];
}

async function clickModal(page: Page, label: string, { timeout = PATIENCE }: Patience = {}): Promise<Modal> {
  const button = page
    .locator('.monaco-dialog-box .dialog-buttons .monaco-button')
    .filter({ hasText: label })
    .first();
  const said = await eventually(`a dialog with the button "${label}"`, timeout, async () => {
    const found = await modal(page);
    return found && (await button.isVisible())
      ? { found }
      : { missing: found ?? (await notifications(page)) };
  });
  await button.click();
  return said;
}

const quick = (page: Page): Locator => page.locator('.quick-input-widget').filter({ visible: true });

async function quickInput(page: Page): Promise<QuickInput | undefined> {
  const widget = quick(page);
  if (!(await widget.isVisible())) return undefined;
  const input = widget.locator('.quick-input-box input').first();
  return {
    title: ((await widget.locator('.quick-input-title').textContent()) ?? '').trim(),
    placeholder: (await input.getAttribute('placeholder')) ?? '',
    value: await input.inputValue(),
    message: (await widget.locator('.quick-input-message').allInnerTexts()).join(' ').trim(),
    items: await widget.locator('.quick-input-list .monaco-list-row').allInnerTexts(),
  };
}

async function pick(page: Page, entry: string, { timeout = PATIENCE }: Patience = {}): Promise<void> {
  const row = quick(page).locator('.quick-input-list .monaco-list-row').filter({ hasText: entry }).first();
  await eventually(`an entry "${entry}" to pick`, timeout, async () =>
    (await row.isVisible()) ? { found: true } : { missing: (await quickInput(page)) ?? 'no quick pick' },
  );
  await row.click();
}

async function answer(page: Page, text: string, { timeout = PATIENCE }: Patience = {}): Promise<void> {
  const input = quick(page).locator('.quick-input-box input').first();
  await eventually('an input box', timeout, async () =>
    (await input.isVisible()) ? { found: true } : { missing: await notifications(page) },
  );
  await input.fill(text);
  await page.keyboard.press('Enter');
}

/** The dialog answers each click by listing folders; a path it has not looked at yet counts as a new folder. */
async function saveAs(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+Shift+S');
  const dialog = async () => (await quickInput(page))?.title ?? '';
  await eventually('the Save As dialog', PATIENCE, async () => {
    const title = await dialog();
    return title === 'Save As' ? { found: true } : { missing: title };
  });
  const input = quick(page).locator('.quick-input-box input').first();
  await input.fill(path);
  await page.waitForTimeout(500);
  const confirm = quick(page).locator('.quick-input-action .monaco-button').filter({ hasText: 'OK' });
  await eventually('the Save As dialog to close', PATIENCE, async () => {
    if (!(await quick(page).isVisible())) return { found: true };
    // When it has listed the folder at last, the dialog may put a proposal of its own in the place of what was typed.
    const isTyped = await input.inputValue({ timeout: 1000 }).then(
      (value) => value.startsWith(path),
      () => true,
    );
    await (isTyped ? confirm.click({ timeout: 1000 }) : input.fill(path, { timeout: 1000 })).catch(() => {});
    await page.waitForTimeout(500);
    return { missing: await quickInput(page) };
  });
}
