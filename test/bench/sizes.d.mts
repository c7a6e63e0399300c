export interface BundleSize {
  readonly name: string;
  readonly bytes: number;
  /** In KB of 1024 bytes. */
  readonly most: number;
}

export function bundleSizes(root: string): readonly BundleSize[];
