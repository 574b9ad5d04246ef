import { describe, expect, it } from '@jest/globals';
import { fstabText, mountEntries, readOnlyBinds } from './mount-table.js';

const INFO = [
  '21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw',
  '22 21 0:5 / /usr/local rw,relatime - ext4 /dev/sdb1 rw',
  '23 21 0:6 / /data rw,nosuid,noexec - ext4 /dev/sdc1 rw',
  '24 23 0:7 / /data/a\\040b rw - tmpfs tmpfs rw',
  '25 21 0:8 / /usrlike rw - tmpfs tmpfs rw',
].join('\n');
const ENTRIES = mountEntries(INFO);

describe('read-only binds', () => {
  it('cover each mount inside the folder, which a bind of the folder would leave writable', () => {
    expect(readOnlyBinds('/usr', '/root/usr', ENTRIES)).toEqual([
      { from: '/usr', at: '/root/usr', options: 'rbind,ro,nosuid,nodev' },
      { from: '/usr/local', at: '/root/usr/local', options: 'bind,ro,nosuid,nodev' },
    ]);
  });

  it('name noexec again where a user namespace may not take it off', () => {
    expect(readOnlyBinds('/data/tools', '/root/tools', ENTRIES)).toEqual([
      { from: '/data/tools', at: '/root/tools', options: 'rbind,ro,nosuid,nodev,noexec' },
    ]);
  });

  it('read and write names with spaces as mount tables do', () => {
    const lines = readOnlyBinds('/data', '/r', ENTRIES);
    expect(lines[1]?.from).toBe('/data/a b');
    expect(fstabText([{ from: '/a b', at: '/c\td\n#', options: 'bind' }])).toBe(
      '/a\\040b /c\\011d\\012\\043 none bind 0 0\n',
    );
  });
});
