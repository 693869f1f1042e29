package io.tombola.deploy.serve;

import io.tombola.protocol.hash.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The access token. Immutable and thread-safe; {@code toString} does not reveal it. */
public final class Token {

  /** The environment variable that holds the token. */
  public static final String VARIABLE = "TOMBOLA_SERVE_TOKEN";

  private static final int MIN_LENGTH = 16;
  private static final int GENERATED_BYTES = 24;

  private final String secret;
  private final boolean generated;

  private Token(String secret, boolean generated) {
    this.secret = secret;
    this.generated = generated;
  }

  /** A random token. */
  public static Token generate() {
    byte[] bytes = new byte[GENERATED_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), true);
  }

  /**
   * The configured token, if there is one: the first line of {@code file}, else from the
   * environment.
   *
   * @throws BadServeOptionException if the file cannot be read, or the token is invalid
   */
  public static Optional<Token> given(Optional<Path> file, Map<String, String> environment) {
    if (file.isPresent()) {
      return Optional.of(of(read(file.get()), "--token-file " + file.get()));
    }
    return Optional.ofNullable(environment.get(VARIABLE)).map(text -> of(text, "$" + VARIABLE));
  }

  private static Token of(String text, String where) {
    boolean valid = text.length() >= MIN_LENGTH && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!valid) {
      throw new BadServeOptionException(
          where
              + ": expected a token of at least "
              + MIN_LENGTH
              + " printable characters without spaces, found "
              + (text.isEmpty() ? "none" : "another")
              + "; 'openssl rand -hex 24' generates one");
    }
    return new Token(text, false);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new BadServeOptionException(
          "--token-file: expected a text file with the token in its first line at "
              + file
              + ", found "
              + (Files.exists(file) ? "one that cannot be read" : "none")
              + "; write it, or set $"
              + VARIABLE);
    }
  }

  /** Whether this process generated it, so that the user does not know it yet. */
  boolean isGenerated() {
    return generated;
  }

  /** Compares in constant time. */
  boolean matches(String candidate) {
    return MessageDigest.isEqual(digest(secret), digest(candidate));
  }

  /** The value of the browser's cookie, which does not reveal the token. */
  String cookie() {
    return HexFormat.of().formatHex(digest("cookie of " + secret));
  }

  /** Compares with the cookie in constant time. */
  boolean matchesCookie(String candidate) {
    return MessageDigest.isEqual(digest(cookie()), digest(candidate));
  }

  /** The secret itself, to print it once and for clients. */
  public String secret() {
    return secret;
  }

  private static byte[] digest(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
