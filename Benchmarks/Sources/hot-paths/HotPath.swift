// SPDX-License-Identifier: Apache-2.0

/// A piece of work that an import does for every portrait, or for every few.
protocol HotPath: AnyObject {
    /// What is to be printed in the end.
    var answer: String? { get }

    /// Does the work once.
    func walk() async throws
}

extension HotPath {
    var answer: String? { nil }
}
