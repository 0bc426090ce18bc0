package io.bitkv.client;

import io.bitkv.api.ValueView;
import io.bitkv.api.Versioned;
import java.util.Objects;

/**
 * A value that was fetched, as a reader in place sees it.
 *
 * @param versioned the value
 */
record CopiedValue(Versioned<byte[]> versioned) implements ValueView {

  @Override
  public int length() {
    return versioned.value().length;
  }

  @Override
  public long version() {
    return versioned.version();
  }

  @Override
  public long expiresAtMillis() {
    return versioned.expiresAtMillis();
  }

  @Override
  public void copyTo(byte[] target, int offset) {
    Objects.checkFromIndexSize(offset, length(), target.length);
    System.arraycopy(versioned.value(), 0, target, offset, length());
  }
}
