package io.bitkv.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KeyspaceId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The keyspaces of a store by number and by name.
 *
 * <p>A numbered keyspace has its own number in the log. A named one has a number from 1,024 on, and the log says which: the hidden system
 * keyspace holds the number under the name, in UTF-8, as four little-endian bytes. A keyspace that is only asked for gets its number in
 * memory; {@link Writes} logs it before the keyspace's first entry. Safe for use by any thread.
 */
final class KeyspaceTable {
  /** The number of the system keyspace, the greatest there is. */
  static final int SYSTEM = Integer.MAX_VALUE;

  private final long storeId;
  private final StripeLocks locks;
  private final DirectoryKind kind;
  private final Map<Integer, KeyspaceState> byNumber = new ConcurrentHashMap<>();
  private final Map<KeyspaceId, KeyspaceState> byId = new ConcurrentHashMap<>();

  /** Those without a name once more: every call looks its keyspace up, and an array costs less than a map. */
  private final AtomicReferenceArray<KeyspaceState> unnamed = new AtomicReferenceArray<>(KeyspaceId.NUMBERED_LIMIT);

  private final KeyspaceState system;
  private int nextNumber = KeyspaceId.NUMBERED_LIMIT;
  private int nextSlot;

  KeyspaceTable(long storeId, StripeLocks locks, DirectoryKind kind) {
    this.storeId = storeId;
    this.locks = locks;
    this.kind = kind;
    system = numbered(SYSTEM);
  }

  /** The locks that the directories share. */
  StripeLocks locks() {
    return locks;
  }

  /** The keyspace that holds the names of the others. */
  KeyspaceState system() {
    return system;
  }

  /** The state of a number, made if there is none yet. */
  KeyspaceState numbered(int number) {
    KeyspaceState state = number < KeyspaceId.NUMBERED_LIMIT ? unnamed.getAcquire(number) : byNumber.get(number);
    return state == null ? makeNumbered(number) : state;
  }

  private synchronized KeyspaceState makeNumbered(int number) {
    KeyspaceState state = byNumber.get(number);
    if (state == null) {
      state = new KeyspaceState(number, storeId, nextSlot++, directory());
      byNumber.put(number, state);
      if (number < KeyspaceId.NUMBERED_LIMIT) {
        byId.put(new KeyspaceId.Numbered(number), state);
        unnamed.setRelease(number, state);
      } else if (number != SYSTEM) {
        nextNumber = Math.max(nextNumber, number + 1);
      }
    }
    return state;
  }

  private KeyDirectory directory() {
    return switch (kind) {
      case COMPACT -> new CompactKeyDirectory(locks);
      case HEAP -> new HeapKeyDirectory(locks);
      case ORDERED -> new OrderedKeyDirectory(locks);
    };
  }

  /** Learns from the log which number a name has. */
  void name(String name, int number) {
    KeyspaceState state = numbered(number);
    state.logged();
    byId.put(new KeyspaceId.Named(name), state);
  }

  /** The state of a keyspace; null if it was never used. */
  KeyspaceState find(KeyspaceId id) {
    return id instanceof KeyspaceId.Numbered numbered ? unnamed.getAcquire(numbered.number()) : byId.get(id);
  }

  /** The state of a keyspace, made in memory if it was never used. */
  KeyspaceState obtain(KeyspaceId id) {
    KeyspaceState state = find(id);
    return state == null ? make(id) : state;
  }

  private synchronized KeyspaceState make(KeyspaceId id) {
    KeyspaceState state = byId.get(id);
    if (state == null) {
      state =
          switch (id) {
            case KeyspaceId.Numbered numbered -> numbered(numbered.number());
            case KeyspaceId.Named named -> numbered(nextNumber);
          };
      byId.put(id, state);
    }
    return state;
  }

  /** All keyspaces that have been used, the system keyspace among them. */
  Collection<KeyspaceState> all() {
    return List.copyOf(byNumber.values());
  }

  /** The keyspaces whose name the log does not say, as it must; damage may have taken it. */
  List<KeyspaceState> nameless() {
    return byNumber.values().stream()
        .filter(state -> state.number() >= KeyspaceId.NUMBERED_LIMIT && state != system && !state.isLogged())
        .toList();
  }

  /** The keyspaces that users see. */
  Map<KeyspaceId, KeyspaceState> byId() {
    return Map.copyOf(byId);
  }

  /** Gives the memory of all directories back. */
  void close() {
    all().forEach(state -> state.directory().close());
  }

  /** The key of a name in the system keyspace. */
  static byte[] key(String name) {
    try {
      ByteBuffer bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(name));
      byte[] key = new byte[bytes.remaining()];
      bytes.get(key);
      return key;
    } catch (CharacterCodingException e) {
      throw new InvalidOptionException("a keyspace name must be well-formed Unicode text", e);
    }
  }

  /** The name that such a key stands for. */
  static String name(byte[] key) {
    return new String(key, UTF_8);
  }

  /** The value of a name in the system keyspace. */
  static byte[] value(int number) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }

  /** The number that such a value stands for. */
  static int number(byte[] value) {
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }
}
