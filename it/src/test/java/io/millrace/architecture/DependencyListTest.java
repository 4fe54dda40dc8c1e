package io.millrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list in {@code docs/dependencies.md} and the pins of the root POM say the same. */
class DependencyListTest {
    private static final Pattern PIN = Pattern.compile(
            "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>\\$\\{([^}]+)}</version>");
    private static final Pattern PROPERTY = Pattern.compile("<([a-z0-9.]+\\.version)>([^<]+)</");
    private static final Pattern LINE =
            Pattern.compile("(?m)^\\| ([A-Za-z0-9._]+:[A-Za-z0-9._-]+) \\| ([^ |]+) \\| [^|]+ \\| [^|]+ \\|.*\\|$");

    @Test
    void everyPinHasItsLineAndEveryLineItsPin() throws IOException {
        String pom = Files.readString(Modules.ROOT.resolve("pom.xml"));
        String list = Files.readString(Modules.ROOT.resolve("docs/dependencies.md"));

        assertThat(lines(list)).isEqualTo(pins(pom));
    }

    private static Set<String> pins(String pom) {
        Set<String> pins = new TreeSet<>();
        pins.add("com.palantir.javaformat:palantir-java-format " + property(pom, "palantir.version"));
        Matcher pin = PIN.matcher(pom);
        while (pin.find()) {
            boolean ours = pin.group(1).startsWith("io.millrace");
            boolean standard = pin.group(1).equals("org.apache.maven.plugins");
            if (!ours && !standard) {
                pins.add(pin.group(1) + ":" + pin.group(2) + " " + property(pom, pin.group(3)));
            }
        }
        return pins;
    }

    private static String property(String pom, String name) {
        Matcher property = PROPERTY.matcher(pom);
        while (property.find()) {
            if (property.group(1).equals(name)) {
                return property.group(2);
            }
        }
        throw new AssertionError("the root POM has no property " + name);
    }

    private static Set<String> lines(String list) {
        Set<String> lines = new TreeSet<>();
        Matcher line = LINE.matcher(list);
        while (line.find()) {
            lines.add(line.group(1) + " " + line.group(2));
        }
        return lines;
    }
}
