package io.bitkv.engine;

import io.bitkv.api.ValueView;
import java.util.Objects;

/** The value of the entry that a reader has loaded, for the time of a callback. */
record EntryView(EntryReader reader) implements ValueView {
  @Override
  public int length() {
    reader.ensureVerified();
    return reader.valueLength();
  }

  @Override
  public long version() {
    reader.ensureVerified();
    return reader.sequence();
  }

  @Override
  public long expiresAtMillis() {
    reader.ensureVerified();
    return reader.expiry();
  }

  @Override
  public void copyTo(byte[] target, int offset) {
    Objects.checkFromIndexSize(offset, reader.valueLength(), target.length);
    reader.copyValue(target, offset);
  }
}
