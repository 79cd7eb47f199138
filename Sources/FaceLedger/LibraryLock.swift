// SPDX-License-Identifier: Apache-2.0

/// The exclusive right of this process to change one library of one device.
///
/// The lock ends when ``release()`` is called, when the last reference goes, or with the process,
/// however it ends: nobody has to clean up after a crash.
public final class LibraryLock: Sendable {
    private let onRelease: @Sendable () -> Void

    init(onRelease: @escaping @Sendable () -> Void) { self.onRelease = onRelease }

    /// Gives the lock up; doing so twice does no harm.
    public func release() { onRelease() }

    deinit { onRelease() }
}
