// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Synchronization

/// The keys of an archive's entries, made for several at a time.
///
/// Who asks for an entry's keys makes those of the entries that follow it too, and whoever reads these finds them. Keys
/// that another task is just making are not waited for: those of later entries are made meanwhile.
final class EntryKeys: Sendable {
    private struct Made {
        let salt: [UInt8]
        let keys: [UInt8]
    }

    private struct State {
        /// By the number of the entry; until they are asked for.
        var made: [Int: Made] = [:]
        /// Which entries somebody makes keys for, or made.
        var begun: [Bool]
    }

    private let file: InputFile
    private let places: [EntryPlace]
    private let passphrase: PassphraseKeys?
    private let state: Mutex<State>

    /// So many entries' keys are kept at most, for readers that take their entries in another order.
    private static let mostKept = 4096
    /// So far behind an entry those are looked for whose keys are made with its own.
    private static let farthest = 64

    /// - Parameters:
    ///   - places: Where all entries of the archive stand.
    ///   - file: The archive.
    ///   - passphrase: The passphrase, where there is one.
    init(_ places: [EntryPlace], of file: InputFile, passphrase: Secret?) {
        self.file = file
        self.places = places
        self.passphrase = passphrase.flatMap { $0.revealed.isEmpty ? nil : PassphraseKeys(passphrase: $0.revealed) }
        state = Mutex(State(begun: [Bool](repeating: false, count: places.count)))
    }

    /// The keys of an entry: for AES, for its authentication, and two bytes to try the passphrase with.
    ///
    /// - Parameters:
    ///   - index: The number of the entry.
    ///   - salt: The entry's salt, half as long as a key.
    /// - Returns: As many bytes as four salts and two more.
    /// - Throws: `passphraseRequired`.
    func keys(of index: Int, salt: [UInt8]) throws(ArchiveError) -> [UInt8] {
        guard let passphrase else {
            throw ArchiveError(.passphraseRequired, "it is encrypted and no passphrase was given")
        }
        let length = salt.count * 4 + 2
        if let keys = take(index, salt) { return keys }
        let mine = begin(index)
        let others = passphrase.group > 1 ? begin(passphrase.group - (mine ? 1 : 0), after: index) : []
        let salts = others.compactMap { index in self.salt(of: index, length: salt.count).map { (index, $0) } }
        var keys = passphrase.bytes(length, salts: (mine ? [salt] : []) + salts.map(\.1))
        let own = mine ? keys.removeFirst() : nil
        state.withLock { state in
            for ((index, salt), keys) in zip(salts, keys) { state.made[index] = Made(salt: salt, keys: keys) }
        }
        return own ?? take(index, salt) ?? passphrase.bytes(length, salts: [salt])[0]
    }

    private func take(_ index: Int, _ salt: [UInt8]) -> [UInt8]? {
        guard let made = state.withLock({ $0.made.removeValue(forKey: index) }), made.salt == salt else { return nil }
        return made.keys
    }

    /// Whether nobody had begun with an entry.
    private func begin(_ index: Int) -> Bool {
        state.withLock { state in
            defer { state.begun[index] = true }
            return !state.begun[index]
        }
    }

    /// The next encrypted entries that nobody had begun with.
    private func begin(_ count: Int, after index: Int) -> [Int] {
        state.withLock { state in
            guard state.made.count < Self.mostKept else { return [] }
            let near = places.indices[(index + 1)...].prefix(Self.farthest)
            let begun = near.filter { places[$0].aes != nil && !state.begun[$0] }.prefix(count)
            for index in begun { state.begun[index] = true }
            return Array(begun)
        }
    }

    /// The salt of an entry, as it stands in the file; `nil` where that is not as expected, which its reader finds.
    private func salt(of index: Int, length: Int) -> [UInt8]? {
        let place = places[index]
        guard place.aes?.saltLength == length else { return nil }
        let count = Int(min(place.limit - place.offset, UInt64(place.headerGuess + length)))
        var bytes = [UInt8](repeating: 0, count: count)
        guard (try? bytes.withUnsafeMutableBytes({ try file.read($0, at: place.offset) })) != nil,
            let header = LocalHeader.length(bytes), header + length <= count
        else { return nil }
        return Array(bytes[header..<header + length])
    }
}
