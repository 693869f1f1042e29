package io.tombola.deploy.watch;

import io.tombola.deploy.live.StoreSnapshot;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * The view on a terminal: draws itself anew about twice a second, follows keys, and leaves the
 * terminal as it found it. Confined to one thread; whoever opens it closes it.
 */
public final class Tui implements AutoCloseable {

  private static final long PAUSE_MILLIS = 500;

  /** What keys ask for. */
  private enum Wish {
    NEXT,
    PREVIOUS,
    QUIT
  }

  /** Where it sees what there is to show. */
  @FunctionalInterface
  public interface Source {

    /** How the store is now. */
    StoreSnapshot look() throws IOException;
  }

  private final Terminal terminal;
  private final Attributes before;
  private final Display display;
  private final BindingReader keys;
  private final KeyMap<Wish> bindings = new KeyMap<>();
  private volatile boolean quit;

  private Tui(Terminal terminal) {
    this.terminal = terminal;
    before = terminal.enterRawMode();
    display = new Display(terminal, true);
    keys = new BindingReader(terminal.reader());
    bindings.bind(Wish.QUIT, "q", "Q", KeyMap.ctrl('C'), KeyMap.ctrl('D'));
    bindings.bind(Wish.NEXT, "n", "\t", KeyMap.key(terminal, Capability.key_right));
    bindings.bind(Wish.PREVIOUS, "p", KeyMap.key(terminal, Capability.key_left));
    bindings.setAmbiguousTimeout(PAUSE_MILLIS / 5);
    terminal.handle(Terminal.Signal.INT, signal -> quit = true);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.keypad_xmit);
    terminal.puts(Capability.cursor_invisible);
  }

  /** Takes over the terminal that this process is on. */
  public static Tui open() throws IOException {
    return new Tui(TerminalBuilder.builder().system(true).dumb(false).build());
  }

  /**
   * Shows what {@code source} sees until somebody quits.
   *
   * @param campaign the one to show first
   */
  public void show(Source source, String campaign) throws IOException {
    String shown = campaign;
    while (!quit) {
      StoreSnapshot store = source.look();
      Screen screen = Screen.of(store, shown, ZoneId.systemDefault());
      Size size = terminal.getSize();
      display.resize(size);
      display.update(screen.lines(size.getColumns(), size.getRows()), 0);
      shown = screen.at(steps(wish()));
    }
  }

  /** What is asked for within the pause, if anything is. */
  private Optional<Wish> wish() {
    boolean typed = keys.peekCharacter(PAUSE_MILLIS) >= 0;
    return typed ? Optional.ofNullable(keys.readBinding(bindings, null, false)) : Optional.empty();
  }

  /** How many campaigns further to go. */
  private int steps(Optional<Wish> wish) {
    if (wish.isEmpty()) {
      return 0;
    }
    return switch (wish.get()) {
      case NEXT -> 1;
      case PREVIOUS -> -1;
      case QUIT -> {
        quit = true;
        yield 0;
      }
    };
  }

  @Override
  public void close() throws IOException {
    terminal.puts(Capability.cursor_visible);
    terminal.puts(Capability.keypad_local);
    terminal.puts(Capability.exit_ca_mode);
    terminal.setAttributes(before);
    terminal.flush();
    terminal.close();
  }
}
