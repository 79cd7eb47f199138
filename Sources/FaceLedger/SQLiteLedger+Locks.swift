// SPDX-License-Identifier: Apache-2.0

extension SQLiteLedger {
    /// Takes the lock of a library for this process, until the lock is released or the process ends.
    ///
    /// - Throws: ``LedgerError`` with ``LedgerError/Code/locked`` when it is held already, by another
    ///   living process or by this one.
    public func lock(_ library: LibraryKey, for job: String) throws -> LibraryLock {
        switch home {
        case .memory(let locks): return try locks.take(library, for: job)
        case .folder(let directory):
            let folder = directory + "/locks"
            try PrivateFolder.make(folder)
            return try LibraryLocks(folder: folder).take(library, for: job)
        }
    }

    /// Begins the listing of a library and sweeps the files of listings whose processes died.
    public func beginListing() async throws -> any Listing {
        switch home {
        case .memory: return try SQLiteListing(file: nil)
        case .folder(let directory):
            let folder = directory + "/scratch"
            try PrivateFolder.make(folder)
            try ScratchFile.sweep(folder)
            return try SQLiteListing(file: ScratchFile.make(in: folder))
        }
    }
}
