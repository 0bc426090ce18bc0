package io.bitkv.engine;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes calls of a {@link MemoryDisk} fail; by default none does. */
interface Faults {
  /** A call: what it does, to which file, and how many bytes it writes or reads. */
  record Call(Kind kind, String file, int bytes) {}

  /** The kinds of calls. */
  enum Kind {
    CREATE,
    OPEN,
    WRITE,
    READ,
    TRUNCATE,
    RESERVE,
    SYNC,
    RENAME,
    DELETE,
    SYNC_DIRECTORY
  }

  /** Is asked before each call; a failing write may first write some bytes, see {@link Partial}. */
  void before(Call call) throws IOException;

  /** The failure of a write after some of its bytes. */
  final class Partial extends IOException {
    private static final long serialVersionUID = 1L;
    final int written;

    Partial(int written, IOException cause) {
      super(cause);
      this.written = written;
    }

    @Override
    public synchronized IOException getCause() {
      return (IOException) super.getCause();
    }
  }

  static Faults none() {
    return call -> {};
  }

  /** Lets the n-th call of a kind fail, counted from 0, and no other; files that the store can do without are not counted. */
  static Faults nth(Kind kind, int n, IOException failure) {
    Faults faults = nthOfAll(kind, n, failure);
    return call -> {
      if (call.file() == null || !call.file().matches("(snapshot|.*[.]hint)([.]tmp)?")) {
        faults.before(call);
      }
    };
  }

  /** Lets the n-th call of a kind fail, counted from 0, and no other. */
  static Faults nthOfAll(Kind kind, int n, IOException failure) {
    AtomicInteger left = new AtomicInteger(n);
    return call -> {
      if (call.kind() == kind && left.getAndDecrement() == 0) {
        throw failure;
      }
    };
  }
}
