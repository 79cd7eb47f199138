// SPDX-License-Identifier: Apache-2.0

/// Languages with letters of their own.
extension Alphabet {
    static let russian = Alphabet(.cyrillic, from: 1, "аоиевн/рсклтм/дупгб/яьйзыфхчш/жю/ц/щэ///ёъ")
    static let ukrainian = Alphabet(.cyrillic, from: 1, "аонке/ривліст/думбчпья/гзйшхцю/жєщ/їф/ґ")
    static let bulgarian = Alphabet(.cyrillic, "а/ионе/рлтквс/дмяпг/бчзуъхй/цшфжю/щь")
    static let serbian = Alphabet(.cyrillic, from: 1, "аое/инрсј/вткмд/лупгбчш/зжћђљњц/хф/џ")
    static let greek = Alphabet(.greek, from: 1, "αο/ρτσινκλεςηυπμά/ίδγό/έήύβχωφθζ/ώ/ξ//ψϊ/ΐ")
    static let armenian = Alphabet(.armenian, from: 1, "ան/երիո/կսմյվլգդտ/հբպքուշթզ/ըէխծձղճժչջռցփօֆ")
    static let hebrew = Alphabet(.hebrew, "י/וארלה/במנשד/תעןחסגםפק/כטז/צ/ךף/ץ")
    static let arabic = Alphabet(.arabic, "ا/يلمر/ندبعو/سفحتهجقة/ّكصشزطأخ/ضءغثئى/ظذإُآ/ؤ//َ")
    static let thai = Alphabet(.thai, from: 1, "รนาิ/ั์พก/วุยตสมชีทเอลณธดภญ/ศงจปะษฐ/คบูหโ/ฒ้่ไถำแขฤฮฉซ/ฎผฟฏื/ใ๊็ฑ/ึฆ/ฌฬ")

    /// Katakana at half width, of bank transfers and old terminals; its marks of voice are letters of their own.
    static let halfwidthKatakana = Alphabet(
        .halfwidth,
        from: 3,
        "ｲｼｶﾄｷｳｽﾝ/ﾀﾏﾐﾔｻｺﾘｵﾗｱｸﾅﾊﾙﾞ/ﾂｴﾓﾉﾋﾌﾑﾃﾆﾖｹﾕﾛﾒﾎﾈｿｾﾜｰｮｭ/ﾁﾚﾍﾇﾟｬｯｧｨｩｪｫｦ"
    )
}
