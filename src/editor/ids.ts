/** Every name that `package.json` contributes, written once: a test compares the two. */
export const commands = {
  declareScope: 'infrahold.declareScope',
  extendScope: 'infrahold.extendScope',
  narrowScope: 'infrahold.narrowScope',
  clearScope: 'infrahold.clearScope',
  review: 'infrahold.reviewHeldEdit',
  keepAsked: 'infrahold.keepAsked',
  approve: 'infrahold.approveHeldEdit',
  putBack: 'infrahold.putBack',
  showRefused: 'infrahold.showRefusedVersions',
  showLog: 'infrahold.showLog',
  lockFile: 'infrahold.lockFile',
  unlockFile: 'infrahold.unlockFile',
  showMenu: 'infrahold.showMenu',
  protectAgents: 'infrahold.protectAgents',
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

/** Agents are protected in any folder; every other command is about files under guard. */
export type GuardCommandId = Exclude<CommandId, typeof commands.protectAgents>;

export const contextKeys = {
  /** There is a protected file in one of the folders. */
  active: 'infrahold.active',
  scoped: 'infrahold.scoped',
  /** No scope is declared, and what a person told an agent in its chat counts. */
  heard: 'infrahold.heard',
  holding: 'infrahold.holding',
  /** The held files by their paths, which are the same in a browser and where the window is on another machine. */
  heldFiles: 'infrahold.heldFiles',
  /** Those that the editor keeps read-only, and those that it would if nobody had opened them. */
  lockedFiles: 'infrahold.lockedFiles',
  openedFiles: 'infrahold.openedFiles',
} as const;

export const settings = {
  scopeDuration: 'scope.duration',
  explorerBadge: 'display.explorerBadge',
  actionsInEditor: 'display.actionsInEditor',
} as const;

export const section = 'infrahold';
export const heldView = 'infrahold.held';
export const reviewPanel = 'infrahold.review';
export const doctorPanel = 'infrahold.doctor';

export const schemes = {
  baseline: 'infrahold-baseline',
  proposal: 'infrahold-proposal',
  refused: 'infrahold-refused',
} as const;
