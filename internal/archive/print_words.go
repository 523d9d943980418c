package archive

// The registers' own wording as their users know it (design §8: prints are Chinese).
const (
	paperRegister  = "档案收集整理登记簿"
	volumeRegister = "案卷登记簿"
)
