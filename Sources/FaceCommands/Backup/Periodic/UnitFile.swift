// SPDX-License-Identifier: Apache-2.0

/// A unit of systemd, as it is shown or stands in its folder.
struct UnitFile: Sendable {
    /// Where it stands, or would.
    let path: String
    let text: String

    /// Whether the file is there, word for word.
    var isInstalled: Bool { (try? TextFile.read(path).text) == text }

    /// Checks that nothing else is lost when the unit is written.
    ///
    /// - Throws: ``CommandError`` with status 4 when there is another file.
    func checkFree() throws(CommandError) {
        guard !isInstalled, TextFile.exists(path) else { return }
        throw .stopped("\(path) is there already and differs; nothing was written. --force replaces it.")
    }

    /// Writes the unit for everybody to read.
    ///
    /// - Throws: ``CommandError`` with the system's own words.
    func write() throws(CommandError) {
        guard !isInstalled else { return }
        do {
            try TextFile.publish(path, with: text)
        } catch {
            throw .failed("\(path) cannot be written: \(error.text); --user writes a unit of your own.")
        }
    }
}
