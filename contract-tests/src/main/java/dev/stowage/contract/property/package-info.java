/**
 * What a property is written with: the calls of one trial, assertions on their responses, and the violation of a clause. Open {@link
 * dev.stowage.contract.property.Property} and {@link dev.stowage.contract.property.Trial}.
 */
@NullMarked
package dev.stowage.contract.property;

import org.jspecify.annotations.NullMarked;
