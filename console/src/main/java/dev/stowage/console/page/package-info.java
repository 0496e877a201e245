/**
 * What all pages share: their parameters, links, frame and templates. Open {@link dev.stowage.console.page.Frame} for what is around
 * every page and {@link dev.stowage.console.page.Pages} for how a page is written.
 */
@NullMarked
package dev.stowage.console.page;

import org.jspecify.annotations.NullMarked;
