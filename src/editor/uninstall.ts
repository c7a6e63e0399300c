import { homedir } from 'node:os';
import { stateRoot } from '../store/location.ts';
import { sweepLocks } from './leftLocks.ts';

/** Run by VS Code, outside of any window, once the extension is taken out for good. */
const state = stateRoot({ env: process.env, platform: process.platform, home: homedir() });
void sweepLocks(state, true, (message) => console.error(message));
