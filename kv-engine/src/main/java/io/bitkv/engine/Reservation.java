package io.bitkv.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/**
 * Takes room on the disk for a file before it is written, by {@code fallocate}, where {@linkplain NativeCalls native calls} are allowed;
 * elsewhere there is no reservation. The file's length does not change: the room lies behind its end until it is written, or until the
 * file is cut off.
 */
final class Reservation {
  private static final int READ_WRITE_CLOSE_ON_EXEC = 0x80002;
  private static final int KEEP_SIZE = 1;
  private static final int ENOSPC = 28;
  private static final int EDQUOT = 122;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final Reservation NATIVE = NativeCalls.areAllowed() ? new Reservation() : null;

  private final MethodHandle open;
  private final MethodHandle fallocate;
  private final MethodHandle close;

  private Reservation() {
    // The mode of a file that open() makes is not given, for it makes none: what varies begins with the third argument.
    FunctionDescriptor openType = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    open = NativeCalls.link("open", openType, Linker.Option.firstVariadicArg(2));
    FunctionDescriptor fallocateType =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
    fallocate = NativeCalls.link("fallocate", fallocateType, Linker.Option.captureCallState("errno"));
    close = NativeCalls.link("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  /**
   * Takes room for a file.
   *
   * @param file the file, which is there
   * @param bytes how long it may become, above 0
   * @return whether the room has been taken; if not, no native calls are allowed, or the file system cannot take room
   * @throws DiskFullException if there is not so much room; some of it may have been taken
   */
  static boolean take(Path file, long bytes) throws IOException {
    return NATIVE != null && NATIVE.reserve(file, bytes);
  }

  private boolean reserve(Path file, long bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) open.invokeExact(arena.allocateFrom(file.toString()), READ_WRITE_CLOSE_ON_EXEC);
      if (descriptor < 0) {
        return false;
      }
      MemorySegment state = arena.allocate(STATE);
      int result = (int) fallocate.invokeExact(state, descriptor, KEEP_SIZE, 0L, bytes);
      int unused = (int) close.invokeExact(descriptor);
      int error = (int) ERRNO.get(state, 0L);
      if (result < 0 && (error == ENOSPC || error == EDQUOT)) {
        throw new DiskFullException(file, null);
      }
      return result == 0;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
