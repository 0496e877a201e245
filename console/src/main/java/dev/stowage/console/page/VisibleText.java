package dev.stowage.console.page;

import java.util.Locale;

/** Writes text from outside so that a person sees all of it: characters that are invisible, or turn the text around, are escaped. */
public final class VisibleText {

    private VisibleText() {}

    public static String of(String text) {
        return text.chars().noneMatch(VisibleText::isHidden) ? text : escaped(text, false);
    }

    /** Escapes what a JSON text may contain as it is, but a person would not see. The JSON means the same. */
    public static String ofJson(String json) {
        return json.chars().noneMatch(c -> isHidden(c) && !isWhiteSpace(c)) ? json : escaped(json, true);
    }

    /** At most {@code length} characters of the text. */
    public static String shortened(String text, int length) {
        return text.length() <= length ? of(text) : of(text.substring(0, length)) + "…";
    }

    private static String escaped(String text, boolean keepsWhiteSpace) {
        StringBuilder visible = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean pairs = Character.isSurrogate(c) && isPair(text, at);
            if (isHidden(c) && !pairs && !(keepsWhiteSpace && isWhiteSpace(c))) {
                visible.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                visible.append(c);
            }
        }
        return visible.toString();
    }

    private static boolean isWhiteSpace(int c) {
        return c == '\n' || c == '\r' || c == '\t';
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static boolean isHidden(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
