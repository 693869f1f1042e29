package io.tombola.deploy.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words that texts must not have, and what to write instead. A text is taken apart into words
 * wherever letters end or a capital begins a new one, so that names of the code count as well.
 * Immutable.
 *
 * @param insteadByWord what to write, by one or more words in lower case with a space in between
 */
record ForbiddenWords(Map<String, String> insteadByWord) {

  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\\n");
  private static final int LONGEST = 2;
  private static final Pattern ENTRY = Pattern.compile("([a-z]+(?: [a-z]+)?) -> (.+)");

  /** A place with such a word; {@code line} is counted from 1. */
  record Found(int line, String word, String instead) {}

  ForbiddenWords {
    insteadByWord = new TreeMap<>(insteadByWord);
  }

  /** Reads lines {@code WORD -> INSTEAD}; those that begin with a number sign are comments. */
  static ForbiddenWords parse(List<String> lines) {
    Map<String, String> words = new TreeMap<>();
    for (String line : lines) {
      if (!line.startsWith("#")) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
          throw new IllegalArgumentException("expected WORD -> INSTEAD, found '" + line + "'");
        }
        words.put(entry.group(1), entry.group(2));
      }
    }
    return new ForbiddenWords(words);
  }

  /** Every forbidden word of {@code text}, in its order. */
  List<Found> in(String text) {
    List<String> words = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    int line = 1;
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      if (matcher.group().equals("\n")) {
        line++;
      } else {
        words.add(matcher.group().toLowerCase(Locale.ROOT));
        lines.add(line);
      }
    }
    List<Found> found = new ArrayList<>();
    for (int at = 0; at < words.size(); at++) {
      for (int length = 1; length <= LONGEST && at + length <= words.size(); length++) {
        String phrase = String.join(" ", words.subList(at, at + length));
        if (insteadByWord.containsKey(phrase)) {
          found.add(new Found(lines.get(at), phrase, insteadByWord.get(phrase)));
        }
      }
    }
    return found;
  }
}
