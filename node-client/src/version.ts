/** The version of this package. The emulator of the same release has the same, up to a `-SNAPSHOT` behind it. */
export const VERSION = '0.1.0';

/** Whether an emulator of that version and this package were made for each other: in 0.x, every minor may differ. */
export function fits(emulatorVersion: string): boolean {
  const [major, minor] = emulatorVersion.split('.');
  const [ownMajor, ownMinor] = VERSION.split('.');
  return major === ownMajor && (major !== '0' || minor === ownMinor);
}
