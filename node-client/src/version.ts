/** The version of this package. The emulator of the same release has the same version, possibly with `-SNAPSHOT`. */
export const VERSION = '0.1.0';

/** Whether an emulator of that version and this package are compatible. In 0.x, minor versions are incompatible. */
export function isCompatible(emulatorVersion: string): boolean {
  const [major, minor] = emulatorVersion.split('.');
  const [ownMajor, ownMinor] = VERSION.split('.');
  return major === ownMajor && (major !== '0' || minor === ownMinor);
}
