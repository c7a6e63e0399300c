export interface BundleSize {
  readonly name: string;
  readonly bytes: number;
  /** In KB of 1000 bytes. */
  readonly most: number;
}

export function bundleSizes(root: string): readonly BundleSize[];
