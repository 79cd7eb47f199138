// SPDX-License-Identifier: Apache-2.0

extension Quirks {
    /// Reads the quirks of several devices as the command line gives them.
    ///
    /// - Parameters:
    ///   - count: How many devices there are, 1 or more.
    ///   - texts: `NAME` or `NAME=VALUE` for every device, `K:NAME` or `K:NAME=VALUE` for the one with the number K
    ///     from 1; of two for one device with one name the later counts.
    /// - Returns: The quirks of each device, in the order of their numbers.
    /// - Throws: ``QuirkError`` for a number out of range, an unknown name or a value that does not fit.
    public static func ofInstances(_ count: Int, parsing texts: [String]) throws(QuirkError) -> [Quirks] {
        var ofEach = [[String]](repeating: [], count: count)
        for text in texts {
            let name = text.prefix { $0 != "=" }
            guard let colon = name.firstIndex(of: ":") else {
                for index in ofEach.indices { ofEach[index].append(text) }
                continue
            }
            guard let number = Int(text[..<colon]), (1...count).contains(number) else {
                throw QuirkError("quirk \"\(text)\": before the colon stands the number of an instance, 1 to \(count)")
            }
            ofEach[number - 1].append(String(text[text.index(after: colon)...]))
        }
        var all: [Quirks] = []
        for texts in ofEach { all.append(try Quirks(parsing: texts)) }
        return all
    }
}
