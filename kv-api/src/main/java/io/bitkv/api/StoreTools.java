package io.bitkv.api;

import java.nio.file.Path;

/**
 * Work on a store's files that needs no open store. Safe for use by any thread.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="tools"}
 */
public interface StoreTools {

  /**
   * Reads every byte of a store and checks it: headers, entries, footers, hint files, and that no segment is missing. It writes nothing
   * and takes no lock. Beside a process that writes to the store it checks what there was when it came by.
   *
   * @param directory where the store's files are; or a backup, or a directory that holds several, of which the newest is verified
   * @param progress is told how far it has come
   * @return what was found
   * @throws StoreFormatException if a newer version wrote the store
   * @throws StoreIoException if the directory or a file cannot be read
   */
  VerifyReport verify(Path directory, Progress progress);

  /** What becomes of values that may have been overwritten or deleted by an entry that is lost. */
  enum Doubtful {
    /** They are copied: nothing that is whole is lost, but an overwritten or deleted value may be read again. */
    KEEP,
    /** They are left out: nothing that was overwritten or deleted is read again, but values that were neither are lost too. */
    LEAVE_OUT
  }

  /**
   * Copies everything that is whole of a damaged store into a new one, with versions, expiries and deletions. The damaged store is not
   * changed; no process should write to it meanwhile.
   *
   * <p>A deleted key stays deleted. Where an entry itself is lost, the segment's hint file tells which key it was of; older values of that
   * key are then left out, whether the lost entry deleted or overwrote them. Where there is no sound hint file either, every older value of
   * the store is in doubt, and the caller decides.
   *
   * @param damaged the directory of the damaged store
   * @param target the new store's directory, empty or to be made
   * @param doubtful what becomes of values in doubt
   * @param progress is told how far it has come
   * @return what was saved and what was lost
   * @throws InvalidOptionException if there is something in the target, or it lies within the damaged store
   * @throws StoreFormatException if a newer version wrote the store
   * @throws StoreIoException if a file cannot be read or written; what was begun is removed
   */
  RepairReport repair(Path damaged, Path target, Doubtful doubtful, Progress progress);

  /**
   * Makes a new store from the files of the program that this one descends from, {@code <seconds>_segment.data}. Their entries are taken
   * over in the order in which they were written: by file, then by place. An entry is a timestamp, the length of the key, the length of the
   * value and the byte behind it, each 4 bytes, unsigned and little-endian; then key, value, and one byte that is 1 for a deletion, else 0.
   * The files have no checksums, so that a wrong byte in a key or a value is taken over as it is.
   *
   * @param source the directory of those files; they are not changed
   * @param target the new store's directory, empty or to be made
   * @param progress is told how far it has come
   * @return what was taken over
   * @throws InvalidOptionException if there is no such file, there is something in the target, or it lies within the source
   * @throws StoreIoException if a file cannot be read or written; what was begun is removed
   */
  ImportReport importSeed(Path source, Path target, Progress progress);

  /**
   * Backs up a store that may be open, here or in another process, and may be written to and merged meanwhile. The backup holds the state
   * at one version. It is a directory of its own in the target, named by that version; each is whole, whether others are removed or not.
   *
   * <p>Sealed segments become part of it by hard links, or by copies where the target is on another file system; those that the newest
   * backup in the target has already are linked from there. Everything that is new is then read and checked. If nothing was written since
   * the newest backup, there is nothing to do, and that one is told of.
   *
   * @param store the directory of the store; nothing in it is changed, and no lock taken
   * @param target the directory that holds the backups of this store, empty at first or to be made
   * @param progress is told how far it has come
   * @return what was made
   * @throws InvalidOptionException if there is something else in the target, backups of another store, or newer ones
   * @throws StoreCorruptException if the store is damaged; no backup is made
   * @throws StoreLockedException if another backup is being made in the target
   * @throws StoreFormatException if a newer version wrote the store
   * @throws StoreIoException if a file cannot be read or written; no backup is made
   */
  BackupReport backup(Path store, Path target, Progress progress);

  /**
   * Makes a store out of a backup: copies it, and checks every byte.
   *
   * @param backup a backup, or the directory that holds several, of which the newest is taken
   * @param target the new store's directory, empty or to be made
   * @param progress is told how far it has come
   * @return what was made
   * @throws InvalidOptionException if there is no backup, there is something in the target, or it lies within the backup
   * @throws StoreCorruptException if the backup is damaged; what was begun is removed
   * @throws StoreFormatException if a newer version wrote the backup
   * @throws StoreIoException if a file cannot be read or written; what was begun is removed
   */
  BackupReport restore(Path backup, Path target, Progress progress);
}
