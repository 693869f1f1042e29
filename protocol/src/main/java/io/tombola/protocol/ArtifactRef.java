package io.tombola.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tombola.protocol.hash.Sha256;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of an immutable artifact: the SHA-256 of its content.
 *
 * @param sha256 64 lower-case hexadecimal digits
 */
public record ArtifactRef(@JsonValue String sha256) {

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /** Checks the digits, so that a reference can safely become a file name. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ArtifactRef {
    if (!HEX.matcher(sha256).matches()) {
      throw new IllegalArgumentException("expected 64 hexadecimal digits; found '" + sha256 + "'");
    }
  }

  /** The reference that an artifact with this content has. */
  public static ArtifactRef of(byte[] content) {
    return new ArtifactRef(HexFormat.of().formatHex(Sha256.of(content)));
  }

  @Override
  public String toString() {
    return sha256;
  }
}
