/** What the advisor says about the apps. Open {@link dev.stowage.console.advice.AdvicePages}. */
@NullMarked
package dev.stowage.console.advice;

import org.jspecify.annotations.NullMarked;
