package io.bitkv.tests.history;

import io.bitkv.api.DirectoryKind;
import java.util.List;

/**
 * One thing that happens to a store. What a step prints is the Java that makes it, see {@link Steps}, so that a history that failed can
 * be pasted as a test.
 */
sealed interface Step {

  /** A step that any group of keyspaces can take: a write, or several as one. */
  sealed interface Write extends Step {}

  /** Stores {@code length} bytes that follow from the seed. */
  record Put(int space, int key, long seed, int length, Lifetime lifetime) implements Write {
    @Override
    public String toString() {
      String start = "put(" + space + ", " + key + ", value(" + seed + ", " + length + ")";
      return start + (lifetime.equals(Lifetime.ENDLESS) ? ")" : ", " + lifetime + ")");
    }
  }

  /** Stores a value only when the key exists, or only when it does not. */
  record PutWhen(boolean isPresent, Put put) implements Write {
    @Override
    public String toString() {
      return (isPresent ? "ifPresent(" : "ifAbsent(") + put + ")";
    }
  }

  /** Deletes a key. */
  record Delete(int space, int key) implements Write {
    @Override
    public String toString() {
      return "delete(" + space + ", " + key + ")";
    }
  }

  /** Changes a key's lifetime. */
  record Expire(int space, int key, Lifetime lifetime) implements Write {
    @Override
    public String toString() {
      return "expire(" + space + ", " + key + ", " + lifetime + ")";
    }
  }

  /** Deletes every key of a keyspace. */
  record Clear(int space) implements Write {
    @Override
    public String toString() {
      return "clear(" + space + ")";
    }
  }

  /** Applies puts and deletes as one batch. */
  record Batch(List<Write> writes) implements Step {
    @Override
    public String toString() {
      return Steps.call("batch", writes);
    }
  }

  /** Applies writes in one transaction, of the keys they touch or, if there is a {@link Clear} among them, of everything. */
  record Transaction(List<Write> writes) implements Step {
    @Override
    public String toString() {
      return Steps.call("transaction", writes);
    }
  }

  /** As {@link Transaction}, but the body throws at its end. */
  record Aborted(List<Write> writes) implements Step {
    @Override
    public String toString() {
      return Steps.call("aborted", writes);
    }
  }

  /** Moves the clock. */
  record Advance(long millis) implements Step {
    @Override
    public String toString() {
      return "advance(" + millis + ")";
    }
  }

  /** Syncs the store. */
  record Sync() implements Step {
    @Override
    public String toString() {
      return "sync()";
    }
  }

  /** Merges what is worth it, or whatever gives back a byte. */
  record Merge(boolean isForced) implements Step {
    @Override
    public String toString() {
      return "merge(" + isForced + ")";
    }
  }

  /** Closes the store and opens it again. */
  record Reopen(DirectoryKind kind) implements Step {
    @Override
    public String toString() {
      return "reopen(" + kind + ")";
    }
  }

  /** Opens a copy of the directory that was made while the store was open, as a dead process leaves it; goes on with the copy. */
  record Crash(DirectoryKind kind) implements Step {
    @Override
    public String toString() {
      return "crash(" + kind + ")";
    }
  }

  /** As {@link Crash}, and the copy's newest segment is damaged, as a loss of power may leave it. */
  record PowerLoss(DirectoryKind kind, Damage damage) implements Step {
    @Override
    public String toString() {
      return "powerLoss(" + kind + ", " + damage + ")";
    }
  }
}
