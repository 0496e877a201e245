package dev.stowage.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The pictures in CONTRIBUTING.md show the dependencies that the code has, and no others. */
class ArchitecturePictureTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String BASE = "dev.stowage.emulator";
    private static final Pattern ARROW = Pattern.compile("^ *(\\S+) --> (\\S+)$", Pattern.MULTILINE);

    private record Arrow(String from, String to) {
        @Override
        public String toString() {
            return from + " --> " + to;
        }
    }

    @Test
    void showsTheModules() throws Exception {
        Set<Arrow> drawn = picture("modules");
        Set<Arrow> real = new HashSet<>();
        for (String module : names(drawn)) {
            for (String other : dependenciesOf(module)) {
                real.add(new Arrow(module, other));
            }
        }
        compare(drawn, real);
    }

    @Test
    void showsTheEmulatorsPackages() throws Exception {
        Set<Arrow> real = new HashSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(BASE)) {
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getPackageName())
                    .filter(name -> name.equals(BASE) || name.startsWith(BASE + "."))
                    .map(name -> new Arrow(shortName(type.getPackageName()), shortName(name)))
                    .filter(arrow -> !arrow.from().equals(arrow.to()))
                    .forEach(real::add);
        }
        compare(picture("emulator packages"), real);
    }

    /** Every arrow that is drawn exists, and every dependency that exists is an arrow or a chain of arrows. */
    private static void compare(Set<Arrow> drawn, Set<Arrow> real) {
        assertThat(real.stream().map(Arrow::toString)).containsAll(texts(drawn));
        assertThat(real.stream()
                        .filter(arrow -> !reaches(drawn, arrow.from(), arrow.to()))
                        .map(Arrow::toString))
                .as("dependencies that the picture does not show")
                .isEmpty();
    }

    private static Set<String> texts(Set<Arrow> arrows) {
        return arrows.stream().map(Arrow::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean reaches(Set<Arrow> arrows, String from, String to) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(from));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (name.equals(to)) {
                return true;
            }
            if (seen.add(name)) {
                arrows.stream().filter(arrow -> arrow.from().equals(name)).forEach(arrow -> open.push(arrow.to()));
            }
        }
        return false;
    }

    private static Set<Arrow> picture(String title) throws Exception {
        String page = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
        Matcher block = Pattern.compile("<!-- " + title + " -->\\n```mermaid\\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find())
                .as("a picture of the %s in CONTRIBUTING.md", title)
                .isTrue();
        return ARROW.matcher(block.group(1))
                .results()
                .map(arrow -> new Arrow(arrow.group(1), arrow.group(2)))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(Set<Arrow> arrows) {
        Set<String> names = new TreeSet<>();
        arrows.forEach(arrow -> {
            names.add(arrow.from());
            names.add(arrow.to());
        });
        return names;
    }

    private static String shortName(String packageName) {
        return packageName.equals(BASE) ? "emulator" : packageName.substring(BASE.length() + 1);
    }

    /** The modules of this project that a module's POM names, but for its tests. */
    private static Set<String> dependenciesOf(String module) throws Exception {
        NodeList dependencies = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(module).resolve("pom.xml").toFile())
                .getElementsByTagName("dependency");
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            if (text(dependency, "groupId").equals("dev.stowage")
                    && !text(dependency, "scope").equals("test")) {
                names.add(text(dependency, "artifactId").replaceFirst("^stowage-", ""));
            }
        }
        return names;
    }

    private static String text(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
